import type { Command } from 'commander';

/** Which deployed stage a command is about. */
export interface StageFlags {
  readonly stage: string;
  readonly region?: string;
}

export const withStage = (command: Command): Command =>
  command
    .option('--stage <name>', 'the deployed stage', 'dev')
    .option('--region <name>', 'its AWS Region (default: AWS_REGION, or that of the AWS profile)');
