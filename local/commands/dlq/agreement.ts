import type { AtRisk } from '../../../shared/domain/dead-letter/letter.ts';
import type { RedriveResult } from '../../../shared/runtime/dead-letters/redrive.ts';
import type { DlqCommand } from './group.ts';
import { count, riskText } from './text.ts';

/** What would be done if a person agrees. */
export interface Agreement {
  readonly question: string;
  readonly command: DlqCommand;
}

type Redrive = Extract<DlqCommand, { kind: 'redrive' }>;

/**
 * What a dry run leads to: the letters that it showed, and no others, in earnest. Letters about the same
 * payment put it at risk once.
 *
 * @returns null when there is nothing to agree to
 */
export function agreementOf(command: Redrive, { redriven }: RedriveResult): Agreement | null {
  const would = redriven.filter(({ outcome }) => outcome.kind === 'would').map(({ of }) => of);
  if (command.isReal || would.length === 0) {
    return null;
  }
  const stakes = new Map(
    would.map(({ letter, subjects, atRisk: risks }) => [
      subjects.length === 0 ? letter.id : JSON.stringify(subjects),
      risks,
    ]),
  );
  const sum = riskText(summed([...stakes.values()].flat()));
  const ids = would.map(({ letter }) => letter.id);
  return {
    question: `Redrive ${count(ids.length, 'letter')}, ${sum === '-' ? 'nothing known' : sum} at risk?`,
    command: { ...command, ids, queue: null, isReal: true },
  };
}

function summed(risks: readonly AtRisk[]): readonly AtRisk[] {
  return [...Map.groupBy(risks, ({ currency }) => currency)].map(([currency, of]) => ({
    currency,
    amountMinor: of.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  }));
}
