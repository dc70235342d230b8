import { connect } from 'node:net';

/** Opens so many connections to a port, has one request answered on each where given, tells its parent when all are open and when all were ended, and goes with it. */
const [port, count, request = ''] = process.argv.slice(2);

const AT_ONCE = 200;
const tell = (what: string) => process.connected && process.send?.(what);
let opened = 0;
let open = 0;

function next(): void {
  if (opened === Number(count)) return;
  opened += 1;
  const socket = connect(Number(port), '127.0.0.1');
  let counted = false;
  const ready = () => {
    if (counted) return;
    counted = true;
    open += 1;
    if (open === Number(count)) tell('open');
    next();
  };
  socket.once('connect', () => (request === '' ? ready() : socket.write(request)));
  socket.on('data', ready);
  socket.on('error', () => {});
  socket.on('close', () => {
    if (counted) open -= 1;
    if (open === 0) tell('closed');
  });
}

for (let each = 0; each < AT_ONCE; each += 1) next();
process.on('disconnect', () => process.exit());
