import {
  billOf,
  dollars,
  type MachineType,
  machineTypes,
  services,
} from '../../../docs/cost/bill.ts';
import type { CountsFile } from '../../../docs/cost/counts.ts';
import { pricesAsOf } from '../../../docs/cost/prices.ts';
import {
  functionHead,
  functionRows,
  keptHead,
  keptRows,
  standingHead,
  standingRows,
  textTable,
  togetherHead,
  togetherRows,
} from '../../../docs/cost/tables.ts';

/** Nano-dollars for a million payments are thousandths of them for one. */
const aMillion = 1_000_000n;

/** What a run counted, and what it costs: of both types of machines, or of one. */
export function costText(file: CountsFile, saga: MachineType | null): string {
  const captured = file.paths.captured;
  return [
    `USD per million, list prices of us-east-1 as of ${pricesAsOf}`,
    '',
    ...typesOf(saga).flatMap((type) => [type, textTable(pathHead, pathRows(file, type)), '']),
    ...(captured
      ? [
          'One captured payment, where its units go',
          textTable(functionHead, functionRows(captured.alone)),
          '',
        ]
      : []),
    ...(captured?.together
      ? [textTable(togetherHead, togetherRows(captured.alone, captured.together)), '']
      : []),
    ...(captured ? [textTable(keptHead, keptRows(captured.alone)), ''] : []),
    textTable(standingHead, standingRows(file)),
  ].join('\n');
}

const pathHead = ['path', ...services, 'per million', 'for one'];

function pathRows({ paths }: CountsFile, type: MachineType): string[][] {
  return Object.entries(paths).map(([name, { alone }]) => {
    const bill = billOf(alone, type);
    return [
      name,
      ...services.map((service) => dollars(bill.services[service])),
      dollars(bill.total),
      dollars(bill.total / aMillion, 6),
    ];
  });
}

/** The counts with their prices: USD per million, as text. */
export function costJson(file: CountsFile, saga: MachineType | null): object {
  return {
    ...file,
    prices_as_of: pricesAsOf,
    usd_per_million: Object.fromEntries(
      Object.entries(file.paths).map(([name, { alone }]) => [
        name,
        Object.fromEntries(
          typesOf(saga).map((type) => {
            const bill = billOf(alone, type);
            const lines = services.map((service) => [service, dollars(bill.services[service])]);
            return [type, { ...Object.fromEntries(lines), total: dollars(bill.total) }];
          }),
        ),
      ]),
    ),
  };
}

function typesOf(saga: MachineType | null): readonly MachineType[] {
  return saga === null ? machineTypes : [saga];
}
