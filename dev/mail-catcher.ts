import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { mailPage } from './mail-page.ts';
import { loopback, type Part } from './part.ts';
import { listenHere } from './ports.ts';

export type Mail = {
  id: number;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string | null;
  receivedAt: string;
};

export type MailCatcher = Part & {
  /** Address for nodemailer; `url` is the page. */
  smtpUrl: string;
  smtpPort: number;
  messages: (to?: string) => Mail[];
  clear: () => void;
};

export type MailOptions = { smtpPort?: number; port?: number; keep?: number };

/** Accepts every mail, delivers none, shows the latest on a page and as JSON. */
export const startMailCatcher = async (options: MailOptions = {}): Promise<MailCatcher> => {
  const box = mailbox(options.keep ?? 200);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onAuth: (_auth, _session, done) => done(null, { user: 'anyone' }),
    onData: (stream, session, done) => void receive(stream, session, box, done),
  });
  smtp.on('error', () => undefined);
  const smtpPort = await listenHere(smtp.server, options.smtpPort);
  const web = createServer((request, response) => serve(request, response, box));
  const port = await listenHere(web, options.port);
  const exited = new Promise<string>(resolve => web.once('close', () => resolve('closed')));
  const stop = async () => {
    await new Promise<void>(resolve => smtp.close(() => resolve()));
    web.close();
    web.closeAllConnections();
    await exited;
  };
  const smtpUrl = `smtp://${loopback}:${smtpPort}`;
  const url = `http://${loopback}:${port}`;
  return { port, url, smtpPort, smtpUrl, exited, stop, messages: box.list, clear: box.clear };
};

const textOf = (from: AddressObject | undefined) => from?.text ?? '';

const receive = async (
  stream: Readable,
  session: SMTPServerSession,
  box: Mailbox,
  done: (error?: Error) => void,
): Promise<void> => {
  try {
    const mail = await simpleParser(stream);
    box.add({
      from: textOf(mail.from),
      to: session.envelope.rcptTo.map(({ address }) => address),
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: typeof mail.html === 'string' ? mail.html : null,
    });
    done();
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
};

type Mailbox = ReturnType<typeof mailbox>;

const mailbox = (keep: number) => {
  let mails: Mail[] = [];
  let lastId = 0;
  return {
    add: (mail: Omit<Mail, 'id' | 'receivedAt'>) => {
      const entry = { id: ++lastId, ...mail, receivedAt: new Date().toISOString() };
      mails = [entry, ...mails].slice(0, keep);
    },
    list: (to?: string): Mail[] =>
      mails.filter(mail => !to || mail.to.some(one => one.toLowerCase() === to.toLowerCase())),
    clear: () => {
      mails = [];
    },
  };
};

const serve = (request: IncomingMessage, response: ServerResponse, box: Mailbox): void => {
  const url = new URL(request.url ?? '/', 'http://mail');
  const html = /^\/messages\/(\d+)\/html$/.exec(url.pathname);
  response.setHeader('x-content-type-options', 'nosniff');
  if (url.pathname === '/api/messages' && request.method === 'DELETE') {
    box.clear();
    response.writeHead(204).end();
  } else if (url.pathname === '/api/messages') {
    const mails = box.list(url.searchParams.get('to') ?? undefined);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(mails));
  } else if (html)
    sendHtml(
      response,
      box.list().find(mail => mail.id === Number(html[1])),
    );
  else if (url.pathname === '/') sendPage(response, mailPage(box.list()));
  else response.writeHead(404).end();
};

const sendPage = (response: ServerResponse, page: string): void => {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  response.writeHead(200, headers).end(page);
};

/** A mail's own HTML: shown, but unable to run or fetch anything. */
const sendHtml = (response: ServerResponse, mail: Mail | undefined): void => {
  if (!mail?.html) return void response.writeHead(404).end();
  const policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  response.writeHead(200, headers).end(mail.html);
};
