/** Which of a service's protocols a request speaks: a service may be reached by more than one, and the request decides. */
import type { Protocol, ServiceModel, WireRequest } from './model.ts';
import { headerOf } from './protocol.ts';
import { isCbor } from './rpc-cbor.ts';

/** Content types of forms: the query protocol's. */
const FORM = 'application/x-www-form-urlencoded';

/** The service's model with the protocol of the request, which its answer is written in. */
export function spokenModel(model: ServiceModel, request: Pick<WireRequest, 'headers' | 'target'>): ServiceModel {
  const protocol = spokenProtocol(model, request);
  // A view of the model, not a copy: its table stays unread until an operation is looked up.
  return protocol === model.protocol
    ? model
    : Object.create(model, { protocol: { value: protocol, enumerable: true } });
}

function spokenProtocol(model: ServiceModel, { headers, target }: Pick<WireRequest, 'headers' | 'target'>): Protocol {
  if (!model.protocol.startsWith('awsJson')) return model.protocol;
  if (isCbor(headers)) return 'rpcv2Cbor';
  if (!model.isQueryCompatible || headerOf(headers, 'x-amz-target') !== undefined) return model.protocol;
  const isForm = (headerOf(headers, 'content-type') ?? '').toLowerCase().startsWith(FORM);
  return isForm || /[?&]Action=/.test(target) ? 'awsQuery' : model.protocol;
}
