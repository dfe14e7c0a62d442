/** How buses and rules are named, and found. */
import { own } from '../../own.ts';
import { busNotFound, ruleNotFound } from './errors.ts';
import type { BusState, RuleState } from './state.ts';

export const EVENTS = 'events.amazonaws.com';

/** The bus that every region has. */
export const DEFAULT_BUS = 'default';

/** Where a bus is. */
export interface BusPlace {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** Never a name of JavaScript's own: it has a colon. Names of buses may have slashes. */
export function busKey(region: string, name: string): string {
  return `${region}:${name}`;
}

export function ruleKey(region: string, bus: string, name: string): string {
  return `${region}:${bus}:${name}`;
}

export function busArn({ region, accountId, name }: BusPlace): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
}

/** Rules of the default bus do not name it. */
export function ruleArn(accountId: string, { region, bus, name }: Pick<RuleState, 'region' | 'bus' | 'name'>): string {
  const path = bus === DEFAULT_BUS ? name : `${bus}/${name}`;
  return `arn:aws:events:${region}:${accountId}:rule/${path}`;
}

/** The bus of an ARN; undefined for an ARN of something else. */
export function placeOfBusArn(arn: string): BusPlace | undefined {
  const [, region, accountId, name] = /^arn:[^:]+:events:([^:]+):(\d{12}):event-bus\/(.+)$/.exec(arn) ?? [];
  return region === undefined || accountId === undefined || name === undefined
    ? undefined
    : { region, accountId, name };
}

/** The rule of an ARN: its name is what comes after the last slash. */
export function placeOfRuleArn(arn: string): (BusPlace & { readonly bus: string }) | undefined {
  const [, region, accountId, bus, name] =
    /^arn:[^:]+:events:([^:]+):(\d{12}):rule\/(?:(.+)\/)?([^/]+)$/.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || name === undefined) return undefined;
  return { region, accountId, name, bus: bus ?? DEFAULT_BUS };
}

/** The bus that a request names, by name or ARN; the default one where it names none. */
export function namedBus(nameOrArn: string | undefined, here: Omit<BusPlace, 'name'>): BusPlace {
  const { region, accountId } = here;
  return placeOfBusArn(nameOrArn ?? '') ?? { region, accountId, name: nameOrArn ?? DEFAULT_BUS };
}

interface Holder<Bus, Rule> {
  readonly id: string;
  readonly events: {
    readonly buses: Readonly<Record<string, Bus>>;
    readonly rules: Readonly<Record<string, Rule>>;
  };
}

/** Whether there is such a bus in the account. */
export function hasBus({ id, events }: Holder<BusState, unknown>, { region, accountId, name }: BusPlace): boolean {
  return accountId === id && (name === DEFAULT_BUS || own(events.buses, busKey(region, name)) !== undefined);
}

/** The name of the bus that a request is about. @throws ResourceNotFoundException */
export function busOf(account: Holder<BusState, unknown>, nameOrArn: string | undefined, region: string): BusPlace {
  const place = namedBus(nameOrArn, { region, accountId: account.id });
  if (!hasBus(account, place)) throw busNotFound(place.name);
  return place;
}

/** @throws ResourceNotFoundException */
export function ruleOf<Rule extends RuleState>(
  account: Holder<BusState, Rule>,
  input: { readonly name: string | undefined; readonly bus: string | undefined },
  region: string,
): Rule {
  const place = busOf(account, input.bus, region);
  const rule = own(account.events.rules, ruleKey(place.region, place.name, input.name ?? ''));
  if (rule === undefined) throw ruleNotFound(input.name ?? '', place.name);
  return rule;
}
