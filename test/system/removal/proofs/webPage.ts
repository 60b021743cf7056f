import { expectThat } from '../../../../cli/demo/scenario.ts';
import { putParameter } from '../../../../sandbox/services/ssm/parameters.ts';
import { enforcing, incidentOf, unused } from '../../scan.ts';
import { openStage } from '../../stage.ts';
import { WebPage } from '../../webPage.ts';
import type { Proof } from '../proof.ts';

const asking = enforcing.replace('page: { held: notice }\n', 'approval: { when: [always] }\n');
const settings = 'signIn: { issuer: "https://login.example.com", clientId: firebreak, groups: [on-call] }\n';
/** Of the client `firebreak` of the embedded account's provider. */
const secret = {
  name: '/firebreak-keys/dev/sign-in',
  value: 'sandbox-login-this-opens-only-a-loopback',
  type: 'SecureString',
} as const;

export const webPage: Proof = {
  name: 'a page brings a link that approves, and who signs in sees what is open and undoes it',
  near: /^Console|CONSOLE_URL/,
  happen: async (template) => {
    await using stage = await openStage({ template, rules: { enforcing: asking }, settings, web: true });
    putParameter(stage.account, secret);
    stage.scan(unused);
    await stage.pass(60);
    const web = new WebPage(stage);
    expectThat(web.link() !== '', 'the page has no link to the console');
    const approved = await web.send(web.link(), 'approve').catch(() => undefined);
    expectThat(approved?.status === 200, `the link approved nothing: ${approved?.status ?? 'no form'}`);
    await stage.settle();
    expectThat(stage.head(unused).outcome === 'contained', `approved by a link, it is ${stage.head(unused).outcome}`);

    const came = await web.signIn('ana');
    expectThat(came.status === 303, `signing in was answered with ${came.status}`);
    const list = await web.get('/incidents');
    expectThat(list.text.includes('1 open'), `the list of incidents was answered with ${list.status}`);
    const page = `/incident?key=${encodeURIComponent(incidentOf(unused))}`;
    const undone = await web.send(page, 'undo', { reason: 'a test', despite: 'yes' }).catch(() => undefined);
    expectThat(undone?.status === 200, `the undo was answered with ${undone?.status ?? 'no form'}`);
    await stage.settle();
    expectThat(stage.head(unused).outcome === 'undone', `undone by somebody, it is ${stage.head(unused).outcome}`);
  },
};
