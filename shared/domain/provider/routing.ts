/** By what a charge is routed. Amount in minor units of the currency. */
export interface Routed {
  readonly tenant: string;
  readonly currency: string;
  readonly amountMinor: number;
  readonly paymentMethod: string;
}

/** PSPs by name, in the order in which they are asked. */
export type Route = readonly [string, ...string[]];

/** What a charge has to be for a rule; what is absent makes no difference. */
export interface RouteCondition {
  readonly tenants?: readonly string[] | undefined;
  readonly currencies?: readonly string[] | undefined;
  /** What the payment method begins with. */
  readonly paymentMethodPrefix?: string | undefined;
  /** Both inclusive; only with one currency, as minor units of two are not the same money. */
  readonly minAmountMinor?: number | undefined;
  readonly maxAmountMinor?: number | undefined;
}

/** Which PSPs a charge is offered to: by the first rule that is about it, else by the default. */
export interface Routes {
  readonly rules: readonly { readonly when: RouteCondition; readonly providers: Route }[];
  readonly default: Route;
}

/** The PSPs for a charge, in the order in which they are asked. */
export function routeOf(routes: Routes, charge: Routed): Route {
  return routes.rules.find(({ when }) => isAbout(when, charge))?.providers ?? routes.default;
}

function isAbout(when: RouteCondition, charge: Routed): boolean {
  return (
    (when.tenants?.includes(charge.tenant) ?? true) &&
    (when.currencies?.includes(charge.currency) ?? true) &&
    charge.paymentMethod.startsWith(when.paymentMethodPrefix ?? '') &&
    charge.amountMinor >= (when.minAmountMinor ?? 0) &&
    charge.amountMinor <= (when.maxAmountMinor ?? Number.POSITIVE_INFINITY)
  );
}

/**
 * The routes, if they name none but known PSPs.
 *
 * @throws Error naming the place, what stands there and what is known
 */
export function checkedRoutes(routes: Routes, known: readonly string[]): Routes {
  const places = [
    ...routes.rules.map(({ providers }, index) => [`rule ${index + 1}`, providers] as const),
    ['the default', routes.default] as const,
  ];
  for (const [place, providers] of places) {
    for (const name of providers) {
      if (!known.includes(name)) {
        throw new Error(
          `${place} of the routes names the PSP ${JSON.stringify(name)}: known are ${known.join(', ')}`,
        );
      }
    }
  }
  return routes;
}
