/** Endpoints of subscriptions, by protocol (Subscribe). */
import { parseArn } from '../../../iam/arn.ts';
import { placeOfArn as placeOfQueue } from '../sqs/names.ts';
import { invalidParameter } from './errors.ts';
import { isFifoName } from './names.ts';

const emailAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** @throws InvalidParameter */
export function checkEndpoint(protocol: string, endpoint: string, topicName: string): void {
  switch (protocol) {
    case 'http':
    case 'https':
      if (!endpoint.startsWith(`${protocol}://`) || !/^https?:\/\/[^\s/]+(?:\/\S*)?$/.test(endpoint)) {
        throw invalidParameter('Endpoint must match the specified protocol');
      }
      break;
    case 'email':
    case 'email-json':
      if (!emailAddress.test(endpoint)) throw invalidParameter('Email address');
      break;
    case 'sms':
      if (!/^\+?\d{7,15}$/.test(endpoint.replace(/[\s()-]/g, '')))
        throw invalidParameter(`Invalid SMS endpoint: ${endpoint}`);
      break;
    case 'sqs':
      if (placeOfQueue(endpoint) === undefined) throw invalidParameter('SQS endpoint ARN');
      break;
    case 'lambda':
    case 'firehose': {
      const arn = parseArn(endpoint);
      if (arn?.service !== protocol || !/^\d{12}$/.test(arn.accountId)) {
        throw invalidParameter(protocol === 'lambda' ? 'Lambda endpoint ARN' : 'Firehose endpoint ARN');
      }
      break;
    }
    case 'application':
      if (parseArn(endpoint)?.service !== 'sns') throw invalidParameter('ApplicationEndpoint ARN');
      break;
    default:
      throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  }
  if (protocol === 'sqs' && isFifoName(endpoint) && !isFifoName(topicName)) {
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
  if (isFifoName(topicName) && protocol !== 'sqs') {
    throw invalidParameter(`Invalid protocol type: ${protocol}`);
  }
}

/** The account of what an endpoint names; undefined where it is outside of AWS. */
export function accountOfEndpoint(protocol: string, endpoint: string): string | undefined {
  return protocol === 'sqs' || protocol === 'lambda' || protocol === 'firehose' || protocol === 'application'
    ? parseArn(endpoint)?.accountId
    : undefined;
}
