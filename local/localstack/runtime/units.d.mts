/** An item in DynamoDB's JSON. */
export type RawItem = Readonly<Record<string, object>>;

export function itemBytes(item: RawItem): number;

export function refusedUnits(
  operation: string,
  body: object,
): readonly { readonly table: string; readonly write: number }[];
