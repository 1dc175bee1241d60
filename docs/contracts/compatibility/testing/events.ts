import type { Release } from '../release.ts';
import { edited, withMember, withoutMember } from './edit.ts';
import { type Tried, withOne } from './tried.ts';

const captured = '/output/PaymentCapturedEvent/properties/data';

/** What takes something from those who read events, now or out of the store. */
export const events = (present: Release): readonly Tried[] => [
  {
    what: 'an event is not published any more',
    after: edited(present, '/events/payment.captured', () => undefined),
    is: 'event_removed',
    contract: 'payment.captured',
    pointer: '',
    breaks: 'the consumer payments-project-list',
  },
  {
    what: 'an event has another source',
    after: edited(present, '/events/payment.captured/bus/source', () => 'paysaga.money'),
    is: 'bus_changed',
    contract: 'payment.captured',
    pointer: '/bus/source',
    breaks: 'the consumer payments-project-list',
  },
  {
    what: 'an event has another detail type',
    after: edited(present, '/events/payment.captured/bus/detail_type', () => 'captured'),
    is: 'bus_changed',
    contract: 'payment.captured',
    pointer: '/bus/detail_type',
    breaks: 'the consumer payments-project-list',
  },
  {
    what: 'an event is not on the bus any more',
    after: edited(present, '/events/payment.captured/bus', () => null),
    is: 'bus_changed',
    contract: 'payment.captured',
    pointer: '/bus/source',
    breaks: 'the consumer payments-project-list',
  },
  {
    what: 'an event that webhooks alone carry is gone',
    after: edited(present, '/events/webhook_endpoint.disabled', () => undefined),
    is: 'event_removed',
    contract: 'webhook_endpoint.disabled',
    pointer: '',
    breaks: "merchants' webhooks that take webhook_endpoint.disabled",
  },
  {
    what: 'a member of an event is gone',
    after: withoutMember(present, captured, 'fee'),
    is: 'member_removed',
    contract: 'payment.captured',
    pointer: '/schema/properties/data/properties/fee',
    breaks: "merchants' webhooks that take payment.captured",
  },
  {
    what: 'an event may have a value that nobody knew',
    after: edited(
      present,
      '/output/PaymentOutcomeResolvedEvent/properties/data/properties/outcome/enum',
      withOne('half_effect'),
    ),
    is: 'enum_value_added',
    contract: 'payment.outcome_resolved',
    pointer: '/schema/properties/data/properties/outcome',
    breaks: 'the consumer webhooks-fan-out',
  },
  {
    what: 'an event has another member, and those that are stored do not',
    after: withMember(present, captured, 'rate', { required: true }),
    is: 'version_not_raised',
    contract: 'payment.captured',
    pointer: '/schema/properties/data/properties/rate',
    breaks: 'the consumer webhooks-fan-out',
  },
  {
    what: 'an event takes less than is stored',
    after: edited(present, '/output/PaymentCapturedEvent/properties/sequence/maximum', () => 9),
    is: 'version_not_raised',
    contract: 'payment.captured',
    pointer: '/schema/properties/sequence',
    breaks: 'the consumer webhooks-fan-out',
  },
  {
    what: 'an event has a later version, and nothing makes the earlier into it',
    after: edited(present, '/events/payment.captured/version', (version) => Number(version) + 1),
    is: 'version_without_upcaster',
    contract: 'payment.captured',
    pointer: '/version',
    breaks: 'the consumer payments-project-list',
  },
  {
    what: 'an event has an earlier version',
    after: edited(present, '/events/payment.captured/version', (version) => Number(version) - 1),
    is: 'version_lowered',
    contract: 'payment.captured',
    pointer: '/version',
    breaks: 'the consumer payments-project-list',
  },
];
