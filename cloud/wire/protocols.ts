/** The wire protocols that a client of ours speaks too. */
import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import { ec2Query } from './ec2-query.ts';
import type { Protocol } from './model.ts';
import type { WireProtocol } from './protocol.ts';
import { restJson1 } from './rest-json.ts';
import { restXml } from './rest-xml.ts';

/**
 * All but Smithy's CBOR: a service that takes it takes an older protocol as well, and a page has no use for a second codec (the SDK's
 * needs Node's Buffer where something calls itself so).
 */
export const clientProtocols: Readonly<Record<Exclude<Protocol, 'rpcv2Cbor'>, WireProtocol>> = {
  awsQuery,
  ec2Query,
  restXml,
  restJson1,
  awsJson1_0: awsJson('1.0'),
  awsJson1_1: awsJson('1.1'),
};
