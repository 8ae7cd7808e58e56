// An SMTP server for tests. Prints {"port": n}, then each received message as one line of JSON.
// The recipient says what happens: temp-… 451, perm-… 550, spam-… 554 after the text, slow-… no answer to the text;
// the sender banned-… is refused with 550. Signing in takes any user with the password "right".
import { SMTPServer } from 'smtp-server';

const reply = (code, text) => Object.assign(new Error(text), { responseCode: code });
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const server = new SMTPServer({
  authOptional: true,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  onAuth: (auth, session, done) =>
    auth.password === 'right' ? done(null, { user: auth.username }) : done(reply(535, 'wrong password')),
  onMailFrom: (address, session, done) =>
    done(address.address.startsWith('banned-') ? reply(550, 'sender is banned') : null),
  onRcptTo: (address, session, done) => {
    if (address.address.startsWith('temp-')) {
      return done(reply(451, 'try later'));
    }
    return done(address.address.startsWith('perm-') ? reply(550, 'no such mailbox') : null);
  },
  onData: (stream, session, done) => {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map((r) => r.address);
      if (to.some((a) => a.startsWith('slow-'))) {
        return;
      }
      if (to.some((a) => a.startsWith('spam-'))) {
        done(reply(554, 'text not wanted'));
        return;
      }
      print({ session: session.id, user: session.user ?? null, to, message: Buffer.concat(parts).toString('base64') });
      done();
    });
  },
});

server.on('error', () => {});
server.listen(0, '127.0.0.1', () => print({ port: server.server.address().port }));

// Ends with the test process, however that ends.
process.stdin.on('end', () => process.exit(0)).resume();
