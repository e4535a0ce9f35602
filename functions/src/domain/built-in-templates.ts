import type { Template, TemplateTask } from './template.ts';

const task = (
  title: string,
  dueInDays: number,
  more: Partial<TemplateTask> = {},
): TemplateTask => ({
  title,
  dueInDays,
  ...more,
});

/** Starting points for the most usual kinds of project, in Spanish. */
export const builtInTemplates: Template[] = [
  {
    key: 'agile_sprint',
    name: 'Sprint ágil',
    description: 'Historias estimadas, sprints de dos semanas y sus ceremonias.',
    content: {
      methodology: 'scrum',
      settings: { sprintLengthDays: 14 },
      fields: [],
      tasks: [
        task('Definir el objetivo del sprint', 0, { priority: 'high', labels: ['ceremonia'] }),
        task('Refinar y estimar el backlog', 1, { labels: ['ceremonia'] }),
        task('Planificar el sprint', 1, { priority: 'high', labels: ['ceremonia'] }),
        task('Historia de ejemplo: como usuario quiero…', 8, { type: 'story', storyPoints: 3 }),
        task('Revisión del sprint', 13, { labels: ['ceremonia'] }),
        task('Retrospectiva', 14, { labels: ['ceremonia'] }),
      ],
    },
  },
  {
    key: 'kanban',
    name: 'Kanban',
    description: 'Flujo continuo con límites de trabajo en curso.',
    content: {
      methodology: 'kanban',
      settings: {},
      fields: [
        { name: 'Clase de servicio', type: 'choice', options: ['Normal', 'Fecha fija', 'Urgente'] },
      ],
      tasks: [
        task('Acordar los límites de trabajo en curso', 1, { priority: 'high' }),
        task('Definir cuándo una tarea está terminada', 2),
        task('Traer el trabajo pendiente al tablero', 3),
        task('Revisar el flujo de la semana', 7, { labels: ['mejora'] }),
      ],
    },
  },
  {
    key: 'product_launch',
    name: 'Lanzamiento de producto',
    description: 'De la propuesta de valor al día del lanzamiento y lo que sigue.',
    content: {
      methodology: 'agile',
      settings: {},
      fields: [],
      tasks: [
        task('Definir la propuesta de valor y el público', 5, { priority: 'high' }),
        task('Fijar el precio', 10),
        task('Probar con usuarios piloto', 20, { type: 'story' }),
        task('Preparar la página y los materiales de venta', 25, { labels: ['marketing'] }),
        task('Formar al equipo de soporte', 28, { labels: ['soporte'] }),
        task('Revisión legal y de privacidad', 28, { labels: ['legal'] }),
        task('Lanzar', 30, { priority: 'urgent', labels: ['hito'] }),
        task('Medir resultados de la primera semana', 37),
      ],
    },
  },
  {
    key: 'construction',
    name: 'Construcción',
    description: 'Obra por fases: permisos, cimientos, estructura, instalaciones y entrega.',
    content: {
      methodology: 'waterfall',
      settings: { workingDays: [1, 2, 3, 4, 5, 6] },
      fields: [{ name: 'Contratista', type: 'text', options: [] }],
      tasks: [
        task('Obtener permisos y licencias', 20, { priority: 'urgent', labels: ['fase 1'] }),
        task('Contratar proveedores y seguros', 25, { labels: ['fase 1'] }),
        task('Preparar el terreno', 35, { labels: ['fase 2'] }),
        task('Cimentación', 55, { priority: 'high', labels: ['fase 2'] }),
        task('Estructura', 100, { priority: 'high', labels: ['fase 3'] }),
        task('Instalaciones eléctricas y sanitarias', 130, { labels: ['fase 4'] }),
        task('Acabados', 160, { labels: ['fase 4'] }),
        task('Inspección final y entrega', 175, { priority: 'urgent', labels: ['hito'] }),
      ],
    },
  },
  {
    key: 'marketing_campaign',
    name: 'Campaña de marketing',
    description: 'Objetivo, piezas, canales, lanzamiento y medición.',
    content: {
      methodology: 'agile',
      settings: {},
      fields: [
        { name: 'Canal', type: 'choice', options: ['Correo', 'Redes', 'Buscadores', 'Eventos'] },
        { name: 'Presupuesto', type: 'number', options: [] },
      ],
      tasks: [
        task('Definir objetivo, público y presupuesto', 3, { priority: 'high' }),
        task('Elegir los canales', 5),
        task('Escribir los mensajes', 8, { labels: ['contenido'] }),
        task('Diseñar las piezas', 12, { labels: ['contenido'] }),
        task('Configurar la medición', 12, { labels: ['datos'] }),
        task('Publicar la campaña', 15, { priority: 'high', labels: ['hito'] }),
        task('Informe de resultados', 30, { labels: ['datos'] }),
      ],
    },
  },
];
