/** AWS CloudTrail, as far as lessons reach: the event history, and trails that write log files into buckets. */
import type { Service } from '../../service.ts';
import { cloudtrailModel } from '../../wire/models.ts';
import { trailDelivery } from './delivery.ts';
import { getTrailStatus, startLogging, stopLogging } from './logging.ts';
import { lookupEvents } from './lookup.ts';
import { cloudtrailResources } from './permissions.ts';
import { getEventSelectors, putEventSelectors } from './selectors.ts';
import { addTags, listTags, removeTags } from './tags.ts';
import {
  createTrail,
  deleteTrail,
  describeTrails,
  getInsightSelectors,
  getTrail,
  listTrails,
  updateTrail,
} from './trails.ts';

export const cloudtrailService: Service = {
  name: 'cloudtrail',
  model: cloudtrailModel,
  resources: cloudtrailResources,
  time: trailDelivery,
  operations: {
    AddTags: addTags,
    CreateTrail: createTrail,
    DeleteTrail: deleteTrail,
    DescribeTrails: describeTrails,
    GetEventSelectors: getEventSelectors,
    GetInsightSelectors: getInsightSelectors,
    GetTrail: getTrail,
    GetTrailStatus: getTrailStatus,
    ListTags: listTags,
    ListTrails: listTrails,
    LookupEvents: lookupEvents,
    PutEventSelectors: putEventSelectors,
    RemoveTags: removeTags,
    StartLogging: startLogging,
    StopLogging: stopLogging,
    UpdateTrail: updateTrail,
  },
};
