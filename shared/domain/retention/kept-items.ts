import type { TableName } from '../../runtime/function-spec.ts';

/**
 * What ends the keeping of a kind of item:
 * - `never`: nothing; it is kept for ever
 * - `ttl`: DynamoDB, some time after the item's `expires_at` (usually within two days)
 * - `erasure`: the erasure of a customer takes out what is personal, and leaves the item
 * - `owner`: somebody deletes it, or has what it is about deleted
 * - `replaced`: the next one of the same; there are only so many
 */
export type EndOfKeeping = 'never' | 'ttl' | 'erasure' | 'owner' | 'replaced';

/** A kind of item, and how long it is kept. */
export interface KeptItem {
  readonly table: TableName;
  /** Its keys; `*` is whatever is there, `?G*#` the generation that a row of a read model may have. */
  readonly keys: `${string} / ${string}`;
  readonly what: string;
  readonly ends: EndOfKeeping;
  /** How long, in words. */
  readonly kept: string;
  readonly why: string;
}

const asLongAsBooks = 'for ever';
const books =
  'the books, and what they are made from: keeping them is a duty, and the audit compares them';

const kept = (
  table: TableName,
  ends: EndOfKeeping,
  rows: readonly (readonly [keys: KeptItem['keys'], what: string, kept: string, why: string])[],
): KeptItem[] =>
  rows.map(([keys, what, how, why]) => ({ table, keys, what, ends, kept: how, why }));

/**
 * Every kind of item of every table, with how long it is kept and why. `docs/retention.md` is made of
 * it, and whatever a test writes has to be in it.
 */
export const keptItems: readonly KeptItem[] = [
  ...kept('payments', 'never', [
    ['PAYMENT#* / STATE', 'a payment', asLongAsBooks, 'a key means the same payment for ever'],
    ['PAYMENT#* / EVENT#*', 'its events', asLongAsBooks, books],
    [
      'PAYMENT#* / SNAPSHOT#*',
      'its state at every hundredth version',
      asLongAsBooks,
      'what a long history is read from; as the events',
    ],
    [
      'REFERENCE#* / REFERENCE',
      'whose a merchant reference is',
      asLongAsBooks,
      'a reference is one payment’s for ever',
    ],
    ['PAYOUT#* / STATE', 'a payout', asLongAsBooks, 'a key means the same payout for ever'],
    ['PAYOUT#* / EVENT#*', 'its events', asLongAsBooks, books],
    [
      'PAYOUT#* / SNAPSHOT#*',
      'its state at every hundredth version',
      asLongAsBooks,
      'as the events',
    ],
    ['PAYOUTS#* / *', 'a row of the list of payouts', asLongAsBooks, 'as the payout'],
    ['CONVERSION#* / CONVERSION', 'a conversion', asLongAsBooks, books],
  ]),
  ...kept('ledger', 'never', [
    ['TRANSFER#* / TRANSFER', 'a transfer', asLongAsBooks, books],
    ['TRANSFER#* / RESOLUTION', 'what became of a pending one', asLongAsBooks, books],
    [
      'ACCOUNT#* / LIMIT',
      'the balance of a limited account',
      asLongAsBooks,
      'one an account; the audit compares it',
    ],
  ]),
  ...kept('books', 'never', [
    ['TENANT#* / BOOK#*', 'a merchant’s balances in a currency', asLongAsBooks, 'one a currency'],
    [
      'TENANT#* / DAY#*',
      'a day’s totals of an account',
      asLongAsBooks,
      'opening balances are sums of days',
    ],
    [
      'TENANT#* / CHAIN#*',
      'a link of the chain',
      asLongAsBooks,
      'a chain without its links proves nothing',
    ],
  ]),
  ...kept('books', 'ttl', [
    [
      'AUDIT / *',
      'the report of an audit',
      '90 days',
      'who looks for a difference looks at the last ones; the latest is kept besides',
    ],
  ]),
  ...kept('books', 'replaced', [
    ['AUDIT#LATEST / AUDIT', 'the latest report', 'until the next', 'one'],
  ]),
  ...kept('payment_list', 'owner', [
    [
      '?G*#TENANT#* / *',
      'a payment in the list',
      'as long as the payment; a generation that is not read any more is deleted',
      'made from the events, and made again from them at any time',
    ],
  ]),
  ...kept('projections', 'owner', [
    [
      '?G*#DAILY#TENANT#* / *',
      'a day’s totals',
      'as long as the payments; an old generation is deleted',
      'made from the events',
    ],
    [
      '?G*#DAILY#PAYMENT#* / TAKEN',
      'which events of a payment are counted',
      'as long as the payment; an old generation is deleted',
      'an event that comes late must not count twice',
    ],
  ]),
  ...kept('projections', 'replaced', [
    ['PROJECTION#* / CONTROL', 'which generation is live', 'until the next', 'one a read model'],
  ]),
  ...kept('customers', 'erasure', [
    [
      'TENANT#* / CUSTOMER#*',
      'the wrapped data key of a customer',
      'until the customer is erased; the mark of it for ever',
      'with the key, everything that is personal goes, wherever it is stored',
    ],
  ]),
  ...kept('settlements', 'never', [
    [
      'SETTLED#* / CLAIM',
      'which line settled something',
      asLongAsBooks,
      'a line is settled once, whenever it comes again',
    ],
    ['BREAK#* / BREAK', 'a break', asLongAsBooks, 'with who closed it, and why'],
    ['BREAKS#* / *', 'a row of a list of breaks', asLongAsBooks, 'as the break'],
    [
      'RUN#* / *',
      'a run over a file',
      asLongAsBooks,
      'one a file; a file that is read again is known',
    ],
    ['RUNS#* / *', 'a row of a list of runs', asLongAsBooks, 'as the run'],
    [
      'SETTLED#* / WAITING#*',
      'a line that came before what it is about',
      asLongAsBooks,
      'money that nobody has explained yet',
    ],
    ['SETTLED#* / WAITING', 'that there are such lines', asLongAsBooks, 'as the lines'],
  ]),
  ...kept('settlements', 'replaced', [
    [
      'SCANNED#* / SCANNED',
      'up to when payments were gone through',
      'until the next run',
      'one a PSP',
    ],
  ]),
  ...kept('access', 'never', [
    [
      'KEY#* / KEY',
      'an API key, by its hash',
      'for ever, also when it is revoked',
      'a revoked key stays refused, and who had it stays known',
    ],
    ['TENANT#* / KEY#*', 'where a tenant’s key is', 'as the key', 'as the key'],
    ['TENANT#* / TENANT', 'a tenant', 'for ever', 'its books stay'],
    ['TENANTS / *', 'a row of the list of tenants', 'for ever', 'as the tenant'],
    ['POLICIES / VERSION#*', 'a published set of policies', 'for ever', 'denials name the version'],
    [
      'APPROVAL#* / APPROVAL',
      'that somebody agreed to a refund',
      'for ever; it is good for a day',
      'its idempotency key means the same approval for ever: gone, the same request would make another',
    ],
    [
      'APPROVAL#* / OPERATOR_APPROVAL',
      'that an operator agreed to what another does',
      'for ever; it is good for a day',
      'as the approval of a refund',
    ],
  ]),
  ...kept('access', 'replaced', [
    ['POLICIES / ACTIVE', 'the live set of policies', 'until the next', 'one'],
    [
      'LIMIT#* / LIMIT',
      'what a tenant may ask of the API now',
      'until the next request',
      'a number or two a tenant',
    ],
  ]),
  ...kept('providers', 'replaced', [
    ['PROVIDER#* / BREAKER', 'a circuit breaker', 'until the next change', 'one a PSP'],
    ['PROVIDER#* / RATE', 'a rate limit', 'until the next call', 'one a PSP'],
    [
      'PROVIDER#* / SLOT#*',
      'who calls the PSP',
      'until the next call',
      'a stage’s number of them a PSP',
    ],
  ]),
  ...kept('providers', 'ttl', [
    [
      'NOTICE#* / SEEN',
      'that a notice was taken',
      'as long as its signature could be shown again',
      'after that it is refused by its age',
    ],
  ]),
  ...kept('webhooks', 'owner', [
    [
      'TENANT#* / ENDPOINT#*',
      'where a merchant is told',
      'until the merchant deletes it',
      'it has secrets in it',
    ],
    ['TENANT#* / ENDPOINTS', 'how many there are', 'as long as the merchant', 'one'],
  ]),
  ...kept('webhooks', 'ttl', [
    [
      'DELIVERIES#* / *',
      'what was sent, and each answer',
      '30 days, by the stage',
      'a merchant who asks does so within weeks; the events themselves stay',
    ],
  ]),
  ...kept('operator_log', 'never', [
    [
      'LOG / *',
      'what operators did, and why',
      asLongAsBooks,
      'a chain: without an entry it does not verify',
    ],
    ['ACT#* / ACT', 'the mark of an act', asLongAsBooks, 'an act that is said again is the same'],
    ['HEAD / HEAD', 'the end of the chain', asLongAsBooks, 'one'],
    ['TENANT#* / *', 'what a merchant did', asLongAsBooks, 'a chain'],
    ['HEAD#* / HEAD', 'the end of a merchant’s chain', asLongAsBooks, 'one a merchant'],
    ['CHAINS / *', 'that there is such a chain', asLongAsBooks, 'one a merchant'],
  ]),
  ...kept('simulator', 'never', [
    [
      '* / *',
      'what the simulator did',
      'as long as its stack',
      'samples: it is in no stage that takes money',
    ],
  ]),
];
