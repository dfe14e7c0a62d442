import { web } from '../web/web.ts'; export const server = web;
