import { Logger } from '@aws-lambda-powertools/logger';
import { logValue } from './logValue.ts';

type LogFields = { readonly [name: string]: unknown };

/** A static message and fields, so that logs can be searched by message. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** The logger drops fields of these names, with a warning for each: ours get another name instead. */
const reserved = new Set(['level', 'message', 'sampling_rate', 'service', 'timestamp']);

const renamed = (fields: LogFields): { [name: string]: unknown } =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [reserved.has(name) ? `${name}_` : name, value]));

/** JSON lines on standard output; values are escaped by JSON, so attacker text stays within its field. */
export function createLog(name: string): Log {
  const logger = new Logger({ serviceName: name, jsonReplacerFn: logValue });
  return {
    info: (message, fields = {}) => logger.info(message, renamed(fields)),
    warn: (message, fields = {}) => logger.warn(message, renamed(fields)),
    error: (message, fields = {}) => logger.error(message, renamed(fields)),
  };
}
