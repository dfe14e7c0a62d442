/** Amazon EC2, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { ec2Model } from '../../wire/models.ts';

export const ec2Service: Service = {
  name: 'ec2',
  model: ec2Model,
  operations: {},
};
