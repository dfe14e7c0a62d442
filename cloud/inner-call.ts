/** Calls that services make: who makes them, and what their requests take over from the call that they are made for. */
import type { AnyCaller } from '../iam/model.ts';
import type { ServiceCall } from './call.ts';
import type { CallRequest } from './perform.ts';
import type { InnerCall } from './process.ts';

/** What inner calls take over from what they are made for. */
export type Outer = Pick<CallRequest, 'request' | 'realNow'> & Partial<Pick<CallRequest, 'caller' | 'by'>>;

/** The request of an inner call. */
export function innerRequest(inner: InnerCall, outer: Outer, requestId: string): CallRequest {
  const { service, operation, input, region = outer.request.region } = inner;
  const { caller, by } = callerOf(inner, outer);
  // A service calls from its own network, and signs by itself.
  const { from: _from, signing: _signing, ...facts } = outer.request;
  const request = { ...facts, sourceIp: inner.by, userAgent: inner.by, region };
  return { service, operation, input, caller, by, request, requestId, realNow: outer.realNow };
}

function callerOf({ by: service, as }: InnerCall, outer: Outer): { caller: AnyCaller; by: ServiceCall } {
  switch (as.kind) {
    case 'caller': {
      const caller = as.caller ?? outer.caller;
      if (caller === undefined) throw new Error('The clock calls nobody: there is no caller to call for');
      // What a service calls for as itself goes along to whom its call is forwarded.
      const source = outer.by?.source;
      return {
        caller,
        by: { service, calledVia: [...(outer.by?.calledVia ?? []), service], ...(source && { source }) },
      };
    }
    case 'session':
      return { caller: as.caller, by: { service, calledVia: [] } };
    case 'service':
      return { caller: { kind: 'service', service }, by: { service, calledVia: [], source: as.source } };
  }
}
