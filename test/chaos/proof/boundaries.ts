import type { Evidence, Finding } from './evidence.ts';

/** 13: no card number, CVV or secret in any log, event, queue, history or record. */
export function secretsAreNowhere({ secrets }: Evidence): Finding {
  const { searched, found, legitimate } = secrets;
  const places = Object.entries(searched).map(([what, count]) => `${count} ${what}`);
  const nothing = Object.entries(searched).filter(([, count]) => count === 0);
  return {
    counted: `${places.join(', ')}; what may be there was found ${legitimate} times`,
    violations: [
      ...found,
      ...nothing.map(([what]) => `nothing was searched of the ${what}`),
      ...(legitimate > 0 ? [] : ['the search does not find what is there']),
    ],
  };
}

/** 14: no tenant reads or touches another's. */
export function strangersGetNothing({ strangers }: Evidence): Finding {
  return {
    counted: `${strangers.length} requests of tenants for what is another's`,
    violations: strangers
      .filter(({ status }) => status !== 404)
      .map(({ request, status }) => `${request}: ${status}`),
  };
}
