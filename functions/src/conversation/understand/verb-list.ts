import { dar, hacer, poner } from './irregular-verbs.ts';
import type { Verb } from './verbs.ts';

/** What a verb asks for. One verb may serve several acts; the rules look at the company it keeps. */
export type Act =
  | 'create'
  | 'assign'
  | 'give'
  | 'put'
  | 'finish'
  | 'start'
  | 'block'
  | 'reopen'
  | 'review'
  | 'postpone'
  | 'due'
  | 'raise'
  | 'lower'
  | 'remove'
  | 'show'
  | 'tell'
  | 'comment'
  | 'enter'
  | 'invite'
  | 'plan'
  | 'remind'
  | 'undo'
  | 'cancel'
  | 'take'
  | 'do'
  | 'work';

type Extra = NonNullable<Verb['extra']>;
const strong = (infinitive: string, stressed: string, ...extra: Extra): Verb => ({
  infinitive,
  stressed,
  extra,
});
const plain = (all: string): Verb[] => all.split(' ').map(infinitive => ({ infinitive }));

export const verbs: [Act[], Verb[]][] = [
  [
    ['create'],
    [
      ...plain(
        'crear agregar anadir registrar generar armar sumar cargar ingresar agendar insertar apuntar incorporar montar programar regalar',
      ),
      strong('incluir', 'incluy', ['incluye', 'imp'], ['incluya', 'subj']),
      ...plain('meter levantar abrir'),
    ],
  ],
  [['create', 'comment'], plain('anotar escribir')],
  [['remind'], [strong('recordar', 'recuerd'), strong('acordar', 'acuerd')]],
  [
    ['assign'],
    [
      ...plain(
        'encajar encasquetar endilgar enchufar asignar encargar delegar reasignar adjudicar encomendar endosar designar traspasar',
      ),
      strong('transferir', 'transfier'),
    ],
  ],
  [['give'], [dar]],
  [['put', 'create'], [poner]],
  [
    ['put', 'postpone'],
    [...plain('cambiar pasar actualizar modificar editar'), strong('mover', 'muev')],
  ],
  [['put'], [strong('devolver', 'devuelv')]],
  [['put'], plain('marcar dejar fijar establecer setear colocar mandar enviar llevar')],
  [
    ['finish'],
    [
      ...plain(
        'terminar acabar completar finalizar despachar entregar ejecutar realizar rematar finiquitar liquidar zanjar culminar tachar palomear tildar chulear',
      ),
      strong('cerrar', 'cierr'),
      strong('aprobar', 'aprueb'),
      { infinitive: 'concluir', stressed: 'concluy' },
      strong('resolver', 'resuelv', ['resuelto', 'part'], ['resuelta', 'part']),
    ],
  ],
  [
    ['start'],
    [
      ...plain('iniciar arrancar retomar desbloquear destrabar'),
      strong('empezar', 'empiez'),
      strong('comenzar', 'comienz'),
    ],
  ],
  [['block'], plain('bloquear trabar atascar frenar detener estancar atorar pausar')],
  [['reopen'], plain('reabrir')],
  [['cancel'], plain('cancelar')],
  [
    ['postpone'],
    [
      ...plain(
        'posponer estirar alargar aplazar postergar retrasar atrasar adelantar correr recorrer reprogramar extender prorrogar diferir',
      ),
      {
        infinitive: 'posponer',
        extra: [
          ['pospon', 'imp'],
          ['posponga', 'subj'],
          ['pospuse', 'past'],
        ],
      },
    ],
  ],
  [['due'], plain('vencer caducar expirar')],
  [['raise'], plain('subir aumentar priorizar elevar')],
  [['lower'], plain('bajar reducir despriorizar')],
  [
    ['remove'],
    plain(
      'botar tumbar borrar eliminar quitar suprimir remover descartar desechar tirar retirar sacar',
    ),
  ],
  [
    ['show'],
    [
      ...plain('listar ensenar consultar buscar checar chequear revisar filtrar desplegar'),
      strong('mostrar', 'muestr'),
      {
        infinitive: 'ver',
        irregular: true,
        extra: [
          ['ve', 'imp'],
          ['veo', 'pres'],
          ['vea', 'subj'],
          ['viendo', 'ger'],
        ],
      },
    ],
  ],
  [
    ['tell'],
    [
      ...plain('contar indicar informar explicar resumir reportar saber'),
      strong('contar', 'cuent'),
      {
        infinitive: 'decir',
        stressed: 'dig',
        extra: [
          ['di', 'imp'],
          ['deci', 'imp'],
          ['diga', 'subj'],
          ['dices', 'pres'],
          ['dirias', 'fut'],
        ],
      },
    ],
  ],
  [['comment'], plain('comentar')],
  [
    ['enter'],
    [
      ...plain('entrar regresar trabajar usar seleccionar cambiarse saltar volver elegir'),
      {
        infinitive: 'ir',
        irregular: true,
        extra: [
          ['vamos', 'imp'],
          ['voy', 'pres'],
          ['vayamos', 'subj'],
        ],
      },
      strong('volver', 'vuelv'),
    ],
  ],
  [['invite'], plain('invitar convidar')],
  [
    ['plan'],
    [
      ...plain('planificar planear organizar'),
      strong('proponer', 'propon', ['propon', 'imp'], ['proponga', 'subj']),
      strong('sugerir', 'sugier'),
    ],
  ],
  [
    ['undo'],
    [
      {
        infinitive: 'deshacer',
        extra: [
          ['deshaz', 'imp'],
          ['deshaga', 'subj'],
          ['deshace', 'imp'],
          ['deshice', 'past'],
        ],
      },
      strong('revertir', 'reviert'),
      strong('devolver', 'devuelv'),
      ...plain('anular recuperar restaurar'),
    ],
  ],
  [['take'], [...plain('tomar agarrar coger quedar ocupar'), strong('quedar', 'qued')]],
  [['do', 'create'], [hacer]],
];
