import { writeSync } from 'node:fs';

const WAYS = {
  openssl: 'apt-get install openssl',
  xmllint: 'apt-get install libxml2-utils',
  java: 'apt-get install default-jre-headless (DynamoDB Local needs Java 17)',
  unzip: 'apt-get install unzip',
  gpgsm: 'apt-get install gpgsm gpg-agent',
  cmsutil: 'apt-get install libnss3-tools',
  certtool: 'apt-get install gnutls-bin',
  m2crypto: 'apt-get install python3-m2crypto',
  named: 'apt-get install bind9',
  knotd: 'apt-get install knot',
  slapd: 'apt-get install slapd',
  dovecot: 'apt-get install dovecot-imapd',
  dig: 'apt-get install bind9-dnsutils',
  ldapsearch: 'apt-get install ldap-utils',
  chromium: 'apt-get install chromium',
  time: 'CI=true npm test takes it, in half an hour',
  shared: 'the foreign test data is expected in ../shared, beside this checkout',
};

/** Jest says so itself after a second, and then waits for ever. */
const LEFT_RUNNING_MILLISECONDS = 3000;

/** Says in the last lines which tests were skipped for want of a tool, and fails the run for it on CI. Ends what tests left running. */
export default class NoticesReporter {
  #skipped = new Map();
  #isWatching;

  constructor({ watch, watchAll }) {
    this.#isWatching = watch || watchAll;
  }

  onTestResult(_test, { testResults }) {
    for (const { status, ancestorTitles } of testResults) {
      const needs = /\(needs ([^)]*)\)/.exec(ancestorTitles.join(' '))?.[1];
      if (status !== 'pending' || !needs) continue;
      for (const need of needs.split(', ')) {
        this.#skipped.set(need, (this.#skipped.get(need) ?? 0) + 1);
      }
    }
  }

  /** Printed at the very end, after Jest's own summary. */
  onRunComplete(_contexts, results) {
    const lines = [...this.#skipped].map(
      ([need, count]) => `notice: ${count} tests skipped, ${need} is missing: ${WAYS[need]}`,
    );
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    lines.push(`${results.numPassedTests} passed, ${failed} failed${skipped}`);
    if (!this.#isWatching) endWhatIsLeft(lines);
    process.once('exit', () => writeSync(1, `${lines.join('\n')}\n`));
  }

  getLastError() {
    const tools = [...this.#skipped.keys()].filter((need) => need !== 'shared');
    if (process.env.CI !== 'true' || tools.length === 0) return undefined;
    return new Error(`With CI=true these tools must be present: ${tools.join(', ')}`);
  }
}

/** A test that failed may not have closed what it started; all of that dies with us, but we would not end for it. */
function endWhatIsLeft(lines) {
  const end = () => {
    lines.unshift('notice: what a test had started was still running, and was ended');
    process.exit();
  };
  setTimeout(end, LEFT_RUNNING_MILLISECONDS).unref();
}
