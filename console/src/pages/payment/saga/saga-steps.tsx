import { Anchor, Table, Text } from '@mantine/core';
import { ScrollTable } from '../../../components/scroll-table.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { type Run, standingOf } from '../../../saga/run.ts';
import { nodeLooks } from './node-looks.ts';

/** What the drawing has no room for: what each step does, all that is said of it, and by which version. */
export function SagaSteps({
  run,
  label,
  onVersion,
}: {
  readonly run: Run;
  readonly label: string;
  readonly onVersion: (version: number) => void;
}) {
  return (
    <ScrollTable label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Step</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th visibleFrom="sm">What it does</Table.Th>
          <Table.Th className="ps-number">Version</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {run.shape.nodes.map(({ name, does }) => {
          const { state, note, version } = standingOf(run, name);
          const { text, tone, icon } = nodeLooks[state];
          return (
            <Table.Tr key={name}>
              <Table.Td className="ps-nowrap">{name}</Table.Td>
              <Table.Td>
                <StatusBadge status={state} text={text} tone={tone} icon={icon} />
                {note !== null && (
                  <Text size="xs" c="dimmed" className="ps-break">
                    {note}
                  </Text>
                )}
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Text size="xs" c="dimmed">
                  {does}
                </Text>
              </Table.Td>
              <Table.Td className="ps-number">
                {version > 0 && (
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    aria-label={`Show version ${version}`}
                    onClick={() => onVersion(version)}
                  >
                    {version}
                  </Anchor>
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </ScrollTable>
  );
}
