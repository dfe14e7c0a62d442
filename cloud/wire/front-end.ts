/** The kinds of front ends that AWS's services stand behind: each has error codes of its own for the same fault. */
import type { Protocol } from './model.ts';

/** `s3` for the services signed as S3; `query` for IAM and its like; `ec2`; `json` for the services that speak JSON 1.0, 1.1 or REST. */
export type FrontEnd = 's3' | 'query' | 'ec2' | 'json';

const frontEnds: Readonly<Record<Protocol, FrontEnd>> = {
  restXml: 's3',
  awsQuery: 'query',
  ec2Query: 'ec2',
  restJson1: 'json',
  awsJson1_0: 'json',
  awsJson1_1: 'json',
  rpcv2Cbor: 'json',
};

/** The front end of a service that speaks a protocol. */
export function frontEndOf(protocol: Protocol): FrontEnd {
  return frontEnds[protocol];
}

/**
 * The status of a JSON front end's error about who calls: the RPC protocols answer 400, the REST ones 403, as HTTP has it.
 */
export function refusalStatus(protocol: Protocol): 400 | 403 {
  return protocol.startsWith('awsJson') || protocol === 'rpcv2Cbor' ? 400 : 403;
}
