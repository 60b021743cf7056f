import { expect, test } from 'vitest';
import { parseImageReference } from '../../shared/account/imageReference.ts';

const digest = `sha256:${'1'.repeat(64)}`;
const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

test.each([
  [`${host}/app:1.2`, { repository: 'app', tag: '1.2', digest: null }],
  [`${host}/team/app`, { repository: 'team/app', tag: 'latest', digest: null }],
  [`${host}/app@${digest}`, { repository: 'app', tag: null, digest }],
  [`${host}/app:1.2@${digest}`, { repository: 'app', tag: '1.2', digest }],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app:1', { region: 'cn-north-1', repository: 'app' }],
  ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/app:1', { region: 'us-east-1', repository: 'app' }],
  [`${host}:443/team/app:1.2`, { account: '123456789012', repository: 'team/app', tag: '1.2', digest: null }],
  [`${host}:443/app@${digest}`, { repository: 'app', tag: null, digest }],
  ['123456789012.dkr-ecr.us-east-1.on.aws/app:1', { region: 'us-east-1', account: '123456789012' }],
])('%s is read', (text, expected) => {
  expect(parseImageReference(text)).toMatchObject(expected);
});

test.each([
  'nginx',
  'docker.io/library/nginx:1',
  'public.ecr.aws/nginx/nginx:1',
  `evil.example/${host}/app:1`,
  `${host}:443.evil.example/app:1`,
  `${host}:/app:1`,
  '',
])('"%s" is not in ECR', (text) => {
  expect(parseImageReference(text)).toBeNull();
});
