/** The service that an action is of. */
import { lowerCase } from './lower-case.ts';

const MOST = 10_000;
const LONGEST = 256;

const services = new Map<string, string>();

/** `s3` of `s3:GetObject`: what stands before the first colon, in lower case; nothing where there is none. Kept, as it is asked often. */
export function serviceOf(action: string): string {
  return services.get(action) ?? find(action);
}

function find(action: string): string {
  const service = lowerCase(action.slice(0, Math.max(0, action.indexOf(':'))));
  if (action.length > LONGEST) return service;
  if (services.size >= MOST) services.clear();
  services.set(action, service);
  return service;
}
