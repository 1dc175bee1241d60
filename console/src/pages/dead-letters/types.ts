import type { DeadLetterRedrive, DeadLetterReport } from '../../../../client/src/index.ts';

export type { DeadLetter, DeadLetterDetail } from '../../../../client/src/index.ts';
export type DeadLetterQueue = DeadLetterReport['queues'][number];
export type RedriveOutcome = DeadLetterRedrive['outcome'];
