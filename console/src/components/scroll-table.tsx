import { Paper, Table } from '@mantine/core';
import type { ReactNode } from 'react';

/**
 * A table that scrolls by itself where it is wider than the page, by keys as well. Put `Table.Thead`
 * and `Table.Tbody` into it.
 */
export function ScrollTable({
  label,
  minWidth,
  children,
}: {
  /** The name of the table. */
  readonly label: string;
  /** Pixels below which it scrolls. */
  readonly minWidth?: number;
  readonly children: ReactNode;
}) {
  return (
    <Paper p={0} style={{ overflowX: 'auto' }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section aria-label={`${label}, scrollable`} tabIndex={0}>
        <Table className="ps-table" aria-label={label} {...(minWidth ? { miw: minWidth } : {})}>
          {children}
        </Table>
      </section>
    </Paper>
  );
}
