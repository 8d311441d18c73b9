import fastify from 'fastify';

/** A route with nothing behind it: the answer of the product, byte for byte, from memory. */
const [port, body] = [Number(process.argv[2]), process.env.BARE_BODY ?? '{}'];
const app = fastify({ logger: false });
app.get('/', (_request, reply) => reply.type('application/json').send(body));
app.post('/', (_request, reply) => reply.status(201).type('application/json').send(body));
await app.listen({ port, host: '127.0.0.1' });
