// breaks: use-cases-know-no-http
import 'fastify';
