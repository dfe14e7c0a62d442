import type { WireRequest, WireResponse } from '../../cloud/wire/model.ts';
import type { Sender } from '../gateway/gateway.ts';

/** The gateway, as code reaches it: nothing in it knows that code is calling. */
export interface GatewayPort {
  answer(request: WireRequest, sender: Sender): Promise<WireResponse>;
}
