/** What one account may hold in CloudTrail, each with its reason. */
export const cloudtrailLimits = {
  /** AWS's own quota; a multi-region trail counts in every region. */
  trailsPerRegion: 5,
  /** AWS's own quotas (PutEventSelectors). */
  selectorsPerTrail: 5,
  dataResourcesPerTrail: 250,
  advancedValuesPerTrail: 500,
} as const;
