import { Logger } from '@aws-lambda-powertools/logger';

/** A static message and fields, so that logs can be searched by message. */
export interface Log {
  info(message: string, fields?: { readonly [name: string]: unknown }): void;
  warn(message: string, fields?: { readonly [name: string]: unknown }): void;
  error(message: string, fields?: { readonly [name: string]: unknown }): void;
}

/** JSON lines on standard output; values are escaped by JSON, so attacker text stays within its field. */
export function createLog(name: string): Log {
  const logger = new Logger({ serviceName: name });
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    error: (message, fields = {}) => logger.error(message, { ...fields }),
  };
}
