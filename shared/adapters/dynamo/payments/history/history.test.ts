import {
  type AttributeValue,
  DynamoDBClient,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { aChange, nextStamp } from '../../../../../test/conformance/payments/changes.ts';
import { facts } from '../../../../../test/support/payments/facts.ts';
import { changePayment } from '../../../../domain/payment/change.ts';
import { paymentStateVersion } from '../../../../domain/snapshot.ts';
import { eventItem } from '../event-item.ts';
import { stateItem } from '../event-store.ts';
import { dynamoPaymentHistory } from './histories.ts';
import { snapshotItems } from './snapshot-item.ts';

type Item = Record<string, AttributeValue>;

/** A payment of 150 versions, its items, and a store that counts what it reads of them. */
function aHistory(edit: (snapshot: Item) => Item) {
  const changes = [aChange('acme')];
  for (let change = changes[0]; change && changes.length < 150; change = changes.at(-1)) {
    changes.push(changePayment(change.after, facts.busy, nextStamp()));
  }
  const items = changes.flatMap(({ after, event }) => [
    eventItem(event),
    ...snapshotItems(stateItem('p', after), after.version, paymentStateVersion).map(edit),
  ]);
  const read: string[] = [];
  const send = async ({ input }: { readonly input: QueryCommandInput }) => {
    const { ':from': from, ':to': to } = input.ExpressionAttributeValues ?? {};
    const found = items
      .filter(({ sk }) => (from?.S ?? '') <= (sk?.S ?? '') && (sk?.S ?? '') <= (to?.S ?? ''))
      .slice(0, input.Limit);
    read.push(...found.map(({ sk }) => sk?.S ?? ''));
    return { Items: found };
  };
  // The paginator asks what class its client is of.
  const client = Object.assign(new DynamoDBClient({}), { send });
  return { changes, read, store: dynamoPaymentHistory(client, 'payments') };
}

const sameAsWritten = (item: Item) => item;

describe('a state of the past', () => {
  it('is folded from the nearest snapshot: of the events, only those behind it are read', async () => {
    const { store, changes, read } = aHistory(sameAsWritten);
    const { id } = changes[0]?.after ?? { id: '' };
    expect(await store.stateAt(id, 103)).toEqual(changes[102]?.after);
    expect(read).toEqual([
      'SNAPSHOT#00000100',
      'EVENT#00000101',
      'EVENT#00000102',
      'EVENT#00000103',
    ]);
  });

  it('is the snapshot itself, where there is one of the version', async () => {
    const { store, changes, read } = aHistory(sameAsWritten);
    const { id } = changes[0]?.after ?? { id: '' };
    expect(await store.stateAt(id, 100)).toEqual(changes[99]?.after);
    expect(read).toEqual(['SNAPSHOT#00000100']);
  });

  it('is folded over a snapshot of another make', async () => {
    const { store, changes, read } = aHistory((item) => ({
      ...item,
      state_version: { N: String(paymentStateVersion + 1) },
      data: { S: '{"version":100}' },
    }));
    const { id } = changes[0]?.after ?? { id: '' };
    expect(await store.stateAt(id, 101)).toEqual(changes[100]?.after);
    expect(read.filter((sk) => sk.startsWith('EVENT#'))).toHaveLength(101);
  });
});

describe('a snapshot', () => {
  it('has nothing by which a stream’s reader or an index takes it for an event or a state', () => {
    const { after } = aChange('acme');
    const [item] = snapshotItems(stateItem('p', after), 100, paymentStateVersion);
    expect(Object.keys(item ?? {})).toEqual([
      'pk',
      'sk',
      'version',
      'state_version',
      'tenant',
      'data',
    ]);
    expect(item?.sk?.S).not.toMatch(/^(EVENT#|STATE)/);
  });

  it('is of every hundredth version', () => {
    const { after } = aChange('acme');
    const versions = Array.from({ length: 301 }, (_, version) => version).filter(
      (version) => snapshotItems(stateItem('p', after), version, 1).length > 0,
    );
    expect(versions).toEqual([100, 200, 300]);
  });
});
