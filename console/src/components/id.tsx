import { Copy } from './copy.tsx';

/** An id as it is, with a button that copies it. */
export function Id({ value, what }: { readonly value: string; readonly what: string }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 2, minWidth: 0 }}>
      <span className="ps-mono ps-break">{value}</span>
      <Copy value={value} what={what} />
    </span>
  );
}

/** The first part of an id, for a column; the whole of it is in the title. */
export function ShortId({ value }: { readonly value: string }) {
  return (
    <span className="ps-mono ps-nowrap" title={value}>
      {value.slice(0, 8)}
    </span>
  );
}
