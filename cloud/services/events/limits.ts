/** What one account may hold in EventBridge, each with its reason. */
export const eventsLimits = {
  /** Amazon EventBridge quotas: 100 event buses, 100 to 300 rules on a bus, 5 targets on a rule. */
  buses: 100,
  rulesPerBus: 100,
  targetsPerRule: 5,
  /** Rules of an account, all buses and regions together. AWS has no such quota; each is looked at for every event. */
  rules: 300,
  tagsPerResource: 50,
  /** Characters of an event pattern (Amazon EventBridge quotas: 2,048). */
  patternCharacters: 2_048,
  /** Characters of a bus's policy (Amazon EventBridge quotas: 10,240). */
  policyCharacters: 10_240,
  /** Entries of PutEvents, and their bytes all together (API Reference, PutEvents; User Guide, "Calculating PutEvents event entry size"). */
  entries: 10,
  entriesBytes: 262_144,
  /** Calls on their way to rules; the oldest are let go. Each holds a record of CloudTrail's. */
  arriving: 50,
} as const;
