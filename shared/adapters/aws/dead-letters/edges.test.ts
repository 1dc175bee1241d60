import { expect, it } from 'vitest';
import { edges } from '../../../../test/support/dead-letters/letters.ts';
import { edgesOf } from './edges.ts';

it('takes the edges out of the outputs of all stacks, by name', () => {
  const { relay, audit, notices } = edges;
  const outputs = {
    RelayEdge: JSON.stringify(relay),
    NoticesEdge: JSON.stringify(notices),
    ApiUrl: 'https://api.example.com',
    AuditEdge: JSON.stringify(audit),
  };
  expect(edgesOf(outputs)).toEqual([audit, relay, notices]);
  expect(edgesOf({ ApiUrl: 'x' })).toEqual([]);
});

it('refuses an edge of another version, and names the output', () => {
  const odd = JSON.stringify({ ...edges.relay, kind: 'pipe' });
  expect(() => edgesOf({ RelayEdge: odd })).toThrow(/^the output RelayEdge is of another version/);
});
