import type { AnyOperation } from '../../platform/operation.ts';
import { linksBetween } from './links.ts';
import { parameters, parametersOf, refusalsOf, requestBodyOf } from './requests.ts';
import { headers, responsesOf, sharedResponses } from './responses.ts';
import { type Components, type Json, problemSchema, sealedSchema } from './schemas.ts';

const description = `Gestión de proyectos por conversación.

- **Callables**: cada operación, salvo las de sistema, responde también como callable de Firebase con el nombre de su \`operationId\`.
- **Errores**: \`application/problem+json\` (RFC 9457); los programas miran \`code\`. Los textos van en español, en inglés con \`Accept-Language: en\`. La lista está en docs/errors.md.
- **Campos rechazados**: lo que un esquema no puede decir (un sprint de otro proyecto, un enlace caducado) también responde 400; \`x-refuses\` nombra esos campos en cada operación.
- **Repetir sin duplicar**: \`Idempotency-Key\` en lo que crea. **No pisar cambios**: \`If-Match\` con el \`ETag\` de la última lectura.
- **Cifrar el contenido**: quien quiera, con \`Sealed-Request\` y \`application/jose\`; véase docs/security.md.
- **Páginas**: \`cursor\` es el \`nextCursor\` de la página anterior, y no significa nada más.
- **Límites**: \`RateLimit-*\` en cada respuesta; 429 con \`Retry-After\`.`;

const tags = {
  auth: 'Cuentas, sesiones, segundo factor, datos personales y administración de accesos',
  projects: 'Proyectos, miembros, tareas, sprints, webhooks, notificaciones y GraphQL',
  chat: 'Conversaciones con el bot',
  operations: 'Salud y documentación',
};

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Access token of POST /auth/login, or a Firebase ID token',
  },
};

/** Describes operations as OpenAPI 3.1, from nothing but their declarations. */
export const openApiDocument = (
  services: Record<string, readonly AnyOperation[]>,
  origin: string,
): Json => {
  const components: Components = { Problem: problemSchema, Sealed: sealedSchema };
  const everything = Object.values(services).flat();
  const links = linksBetween(everything, components);
  const paths: Record<string, Json> = {};
  for (const [tag, operations] of Object.entries(services))
    for (const operation of operations) {
      const [verb = '', path = ''] = operation.route.split(' ');
      const refuses = refusalsOf(operation);
      paths[path] = {
        ...paths[path],
        [verb.toLowerCase()]: {
          operationId: operation.name,
          summary: operation.summary,
          tags: [tag],
          security: operation.access === 'public' ? [] : [{ bearer: [] }],
          parameters: parametersOf(operation, components),
          ...requestBodyOf(operation, components),
          responses: responsesOf(operation, components, links(operation)),
          ...(refuses.length > 0 && { 'x-refuses': refuses }),
        },
      };
    }
  return {
    openapi: '3.1.0',
    info: { title: 'PM-Bot', version: '1', description },
    servers: [{ url: origin }],
    tags: Object.entries(tags).map(([name, about]) => ({ name, description: about })),
    paths,
    components: {
      schemas: components,
      responses: sharedResponses(everything),
      parameters,
      headers,
      securitySchemes,
    },
  };
};
