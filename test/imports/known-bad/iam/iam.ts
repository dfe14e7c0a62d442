import { server } from '../server/server.ts'; import { readFileSync } from 'node:fs'; import * as fastify from 'fastify'; import './missing.ts'; export const iam = [server, readFileSync, fastify];
