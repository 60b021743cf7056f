import { AwsError } from '../../account.ts';
import { imageNow, referenceHere } from '../ecs/images.ts';
import { inCluster } from './asked.ts';
import { notFound } from './state.ts';

/** What every pod here has. */
const CONTAINER = 'app';

const count = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new AwsError('BadRequest', `${name}: Invalid value: ${JSON.stringify(text)}`, 400);
};

/**
 * What a container has written, as text: the lines that the account file says its image prints, from when the pod was made ("Pod v1 core",
 * "Read Log"). `limitBytes` cuts at the end, `tailLines` before that at the beginning.
 */
export const getPodLog = inCluster((objects, { namespace, name, query }, _cluster, { account }) => {
  const pod = objects.pods.get(`${namespace}/${name}`);
  if (pod === undefined) throw notFound('pods', name);
  const { container = CONTAINER } = query;
  if (container !== CONTAINER) {
    throw new AwsError('BadRequest', `container ${container} is not valid for pod ${name}`, 400);
  }
  if (pod.phase === 'Pending') {
    const text = `container ${JSON.stringify(container)} in pod ${JSON.stringify(name)} is waiting to start: ContainerCreating`;
    throw new AwsError('BadRequest', text, 400);
  }
  const reference = referenceHere(account, pod.image);
  const printed = (reference === undefined ? undefined : imageNow(account, reference))?.prints ?? [];
  const tail = count('tailLines', query['tailLines']);
  const kept = tail === undefined ? printed : printed.slice(Math.max(0, printed.length - tail));
  const at = query['timestamps'] === 'true' ? `${new Date(pod.createdAt).toISOString().replace('Z', '000000Z')} ` : '';
  const text = kept.map((line) => `${at}${line}\n`).join('');
  return text.slice(0, count('limitBytes', query['limitBytes']));
});
