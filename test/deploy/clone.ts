import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { copyTree } from '../../tools/treeCopy.ts';
import { type Ran, run } from '../system/run.ts';
import { withoutAws } from '../system/sandboxProcess.ts';
import type { Connection } from './made.ts';
import type { PackagedTemplate } from './wanted.ts';

/** A clone of the project from which a stage is deployed, with the commands that the README gives. */
export interface Clone {
  /** `npx serverless <command> --stage … --region …`. */
  serverless(command: string, connection: Connection, parameters?: readonly string[]): Promise<Ran>;
  /** The template that was packaged last. */
  template(): PackagedTemplate;
  /** Function's name -> SHA-256, in base64, of the bundle that it was packaged with last. */
  bundles(): ReadonlyMap<string, string>;
  /** Puts one text in the place of another, which must stand there once. */
  edit(path: string, from: string, to: string): void;
  remove(): void;
}

/** `npx serverless …` as the pages have it, word by word. */
export const serverlessLine = (
  command: string,
  stage: string,
  region: string,
  parameters: readonly string[] = [],
): readonly string[] => ['npx', 'serverless', command, '--stage', stage, '--region', region, ...parameters];

export function cloneOf(root: string, stage: string): Clone {
  const copy = copyTree(root, ['node_modules']);
  const read = (path: string): string => readFileSync(join(copy.root, path), 'utf8');
  const template = (): PackagedTemplate => JSON.parse(read('.serverless/cloudformation-template-update-stack.json'));
  return {
    serverless: (command, { endpoint, region, credentials }, parameters = []) =>
      run('npx', serverlessLine(command, stage, region, parameters).slice(1), {
        cwd: copy.root,
        env: {
          ...withoutAws(),
          AWS_ENDPOINT_URL: endpoint,
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          // It looks every five seconds how far the stack is; moto is done at once.
          SLS_AWS_MONITORING_FREQUENCY: '200',
          SLS_TELEMETRY_DISABLED: '1',
          SLS_NOTIFICATIONS_MODE: 'off',
          npm_config_offline: 'true',
        },
      }),
    template,
    bundles: () =>
      new Map(
        Object.values(template().Resources).flatMap(({ Type, Properties }) => {
          if (Type !== 'AWS::Lambda::Function') return [];
          const { S3Key: key } = Properties['Code'] as { S3Key: string };
          const zip = readFileSync(join(copy.root, 'dist', 'bundles', basename(key)));
          return [[String(Properties['FunctionName']), createHash('sha256').update(zip).digest('base64')]];
        }),
      ),
    edit: (path, from, to) => {
      const parts = read(path).split(from);
      if (parts.length !== 2) throw new Error(`${path} has "${from}" ${parts.length - 1} times`);
      writeFileSync(join(copy.root, path), parts.join(to));
    },
    remove: copy.remove,
  };
}
