import type { Finding } from './finding.ts';

/**
 * Whether it came through Security Hub though its own source sends it as well: the same finding, with less in it perhaps
 * (docs/decisions/0043).
 */
export const isRelayed = ({ source, product }: Pick<Finding, 'source' | 'product'>): boolean =>
  product !== undefined && source !== 'securityhub';
