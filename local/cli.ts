import { endAfter } from './program/end.ts';
import { paysaga } from './program/main.ts';

await endAfter(() => paysaga(process.argv.slice(2)));
