import { Text } from '@mantine/core';
import { AtRisk } from '../../components/figures/at-risk.tsx';
import { PaymentLink } from '../../components/figures/payment-link.tsx';
import type { DeadLetter } from './types.ts';
import { count } from './words.ts';

/** As many as a card has room for. */
const shownOnCard = 2;

/** What a letter is about, with links to what has a page. */
export function About({
  about,
  tenant = null,
  all = false,
}: {
  readonly about: DeadLetter['about'];
  /** Whose it is, where the letter says. */
  readonly tenant?: string | null;
  readonly all?: boolean;
}) {
  const shown = all ? about : about.slice(0, shownOnCard);
  if (about.length === 0) {
    return <Text span>nobody’s money</Text>;
  }
  return (
    <>
      {shown.map((one) => {
        const text = `${one.kind} ${one.id}`;
        return (
          <Text key={text} span className="ps-break ps-above" display="block">
            {one.kind === 'payment' ? (
              <PaymentLink id={one.id} tenant={tenant}>
                {text}
              </PaymentLink>
            ) : (
              text
            )}
          </Text>
        );
      })}
      {about.length > shown.length && (
        <Text span c="dimmed">
          and {count(about.length - shown.length, 'other')}
        </Text>
      )}
    </>
  );
}

/** What is at risk in a letter, and whether that is all of it. */
export function LetterRisk({
  at_risk,
  at_risk_known,
}: Pick<DeadLetter, 'at_risk' | 'at_risk_known'>) {
  return at_risk_known ? (
    <AtRisk amounts={at_risk} />
  ) : (
    <>
      {at_risk.length > 0 && <AtRisk amounts={at_risk} />}
      <Text span c="dimmed" size="sm">
        {at_risk.length > 0 ? 'or more' : 'unknown'}: not all of it could be read
      </Text>
    </>
  );
}
