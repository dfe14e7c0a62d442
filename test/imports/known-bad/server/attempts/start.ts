import { client } from '../database/generated/client.ts'; import * as fastify from 'fastify'; export const attempt = [client, fastify];
