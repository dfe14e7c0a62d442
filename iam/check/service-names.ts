/** The services of AWS: what is handed to `checkPolicy`, so that it knows a misspelt one. */
import services from '../generated/services.json' with { type: 'json' };

/** Service prefixes, as they stand before the colon of an action. */
export const SERVICES: ReadonlySet<string> = new Set(services);
