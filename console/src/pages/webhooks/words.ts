import type { WebhookDelivery, WebhookEndpoint } from '../../../../client/src/index.ts';
import { isProblem } from '../../../../client/src/index.ts';
import type { Tone } from '../../components/status-badge.tsx';

interface Words {
  readonly text: string;
  readonly tone: Tone;
}

export const deliveryWords: Readonly<Record<WebhookDelivery['status'], Words>> = {
  pending: { text: 'Pending', tone: 'live' },
  delivered: { text: 'Delivered', tone: 'good' },
  failed: { text: 'Failed', tone: 'bad' },
  abandoned: { text: 'Abandoned', tone: 'quiet' },
};

export const deliveryStatuses = Object.keys(deliveryWords) as readonly WebhookDelivery['status'][];

/** The state of an endpoint, and why it takes nothing. */
export function endpointWords({
  status,
  disabled_reason,
  failing_since,
}: Pick<WebhookEndpoint, 'status' | 'disabled_reason' | 'failing_since'>): Words {
  if (status === 'enabled') {
    return failing_since === null
      ? { text: 'Enabled', tone: 'good' }
      : { text: 'Enabled, failing', tone: 'wait' };
  }
  const why = {
    gone: 'it answered 410',
    failing: 'it failed for too long',
    requested: 'by request',
  };
  return {
    text: disabled_reason === null ? 'Disabled' : `Disabled: ${why[disabled_reason]}`,
    tone: 'quiet',
  };
}

/** What the latest try came to: the answer's code, or why there was none. */
export function lastAnswerText({ attempts }: Pick<WebhookDelivery, 'attempts'>): string {
  const last = attempts.at(-1);
  if (!last) {
    return 'not tried yet';
  }
  return last.status === null ? (last.reason ?? 'no answer') : `HTTP ${last.status}`;
}

/** A delivery is sent again whatever became of it; one that waits is brought forward. */
export function resendLabel({ status }: Pick<WebhookDelivery, 'status'>): string {
  return status === 'pending' ? 'Send now' : 'Resend';
}

export function eventsText(events: readonly string[]): string {
  return events.includes('*') ? 'all events' : events.join(', ');
}

/** The types of a text, one a line or with commas between; none for a text of blanks. */
export function eventsOf(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

/** What a resend came to, for the person who asked for it. */
export function resendErrorText(error: Error): string {
  if (isProblem(error, 'invalid_state')) {
    return 'Not sent: the endpoint is disabled. Enable it first.';
  }
  return isProblem(error, 'temporarily_unavailable')
    ? 'Not sent: it is being tried at this moment. Try again when that is over.'
    : `Not sent: ${error.message}`;
}
