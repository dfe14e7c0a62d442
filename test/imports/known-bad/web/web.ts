import { server } from '../server/server.ts'; export const web = server;
