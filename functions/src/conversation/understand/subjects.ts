import { table } from './phrases.ts';

/** Subjects that are plainly not project work. */
export const offTopic = table<true>([
  [
    'chiste|chistes|broma|broma|poema|poesia|cancion|musica|horoscopo|receta|recetas|loteria|futbol|partido|pelicula|peliculas|serie|series',
    true,
  ],
  ['que tiempo hace|hara|va', true],
  ['clima|temperatura|pronostico|lluvia|llueve|llover|llovera', true],
  ['que hora es|son', true],
  ['noticias|dolar|euro|bitcoin|criptomonedas|bolsa', true],
  ['quien gano|gana|juega|va ganando', true],
  ['cuanto quedo|quedaron el|la|los', true],
  ['quien es el presidente', true],
  ['capital de', true],
  ['traduce|traducir|traduceme|traducime|calcula|cuanto es|son', true],
  ['restaurante|restaurantes|pizza|vuelo|vuelos|taxi|alarma', true],
  ['apaga|prende|enciende|encende|apague|prenda la|las|el luz|luces|aire|tele', true],
  ['te quiero|amo|casas', true],
  ['estas casado|soltero|casada|soltera', true],
  ['ignora|olvida todas? las|tus|sus instrucciones|reglas|ordenes', true],
  ['tu prompt|contrasena', true],
  ['contrasena|contrasenas|password|passwords|token|tokens de|del', true],
  [
    'mandale|enviale|escribele|llamale|marcale|mandame|enviame un? correo|mail|mensaje|whatsapp',
    true,
  ],
  ['a mi mama|papa|esposa|esposo|novia|novio|abuela', true],
  ['weather|joke|song|news', true],
  ['hazme|haceme|hazle admin|administrador|administradora|dueno|duena|owner|root', true],
]);

/** Words that start a question. */
export const questionWords = new Set(
  'que cual cuales cuantas cuantos cuanto cuanta como quien quienes cuando donde what which how who when'.split(
    ' ',
  ),
);
