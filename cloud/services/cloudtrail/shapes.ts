/** Trails and their selectors as the API shows them. */
import type { AdvancedEventSelector, EventSelector, Trail } from '@aws-sdk/client-cloudtrail';
import { trailArn } from './names.ts';
import type { TrailSelectors, TrailState } from './state.ts';

/** What CreateTrail and UpdateTrail answer. */
export function shownSettings(accountId: string, trail: TrailState) {
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    ...(trail.keyPrefix !== undefined && { S3KeyPrefix: trail.keyPrefix }),
    IncludeGlobalServiceEvents: trail.includesGlobalEvents,
    IsMultiRegionTrail: trail.isMultiRegion,
    TrailARN: trailArn(accountId, trail),
    LogFileValidationEnabled: trail.validatesFiles,
    IsOrganizationTrail: false,
  };
}

export function shownTrail(accountId: string, trail: TrailState): Trail {
  return {
    ...shownSettings(accountId, trail),
    HomeRegion: trail.homeRegion,
    HasCustomEventSelectors: trail.selectors !== defaultSelectors && !isDefault(trail.selectors),
    HasInsightSelectors: false,
  };
}

/** A trail that is not told otherwise records all management events. */
export const defaultSelectors: TrailSelectors = {
  kind: 'basic',
  selectors: [{ readWriteType: 'All', includesManagementEvents: true, dataResources: [], excludedSources: [] }],
};

function isDefault(selectors: TrailSelectors): boolean {
  return JSON.stringify(selectors) === JSON.stringify(defaultSelectors);
}

export function shownSelectors(selectors: TrailSelectors): {
  EventSelectors?: EventSelector[];
  AdvancedEventSelectors?: AdvancedEventSelector[];
} {
  if (selectors.kind === 'advanced') {
    return {
      AdvancedEventSelectors: selectors.selectors.map(({ name, fields }) => ({
        ...(name !== undefined && { Name: name }),
        FieldSelectors: fields.map(({ field, operators }) => ({ Field: field, ...mutable(operators) })),
      })),
    };
  }
  return {
    EventSelectors: selectors.selectors.map((selector) => ({
      ReadWriteType: selector.readWriteType,
      IncludeManagementEvents: selector.includesManagementEvents,
      DataResources: selector.dataResources.map(({ type, values }) => ({ Type: type, Values: [...values] })),
      ExcludeManagementEventSources: [...selector.excludedSources],
    })),
  };
}

function mutable(operators: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(operators).map(([name, values]) => [name, [...values]]));
}
