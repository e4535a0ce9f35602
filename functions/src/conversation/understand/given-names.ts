/**
 * First names that are common in Spain, Mexico, Argentina, Colombia and Peru, folded. "para Mónica" names a
 * person whoever is in the project, "para Acme" does not; a name that nobody bears is asked about.
 */
export const givenNames = new Set(
  `abel abigail adolfo adrian adriana agustin agustina aitor alan alba alberto aldo alejandra alejandro alex alexis alfonso
alfredo alicia alma alonso alvaro amalia amanda amparo ana anahi andrea andres angel angela angelica antonia antonio
ariel armando arturo augusto aurora axel barbara beatriz belen benito benjamin bernardo berta blanca braulio brayan brenda
bruno camila camilo candela carla carlos carmen carolina catalina cecilia celia cesar clara claudia claudio concepcion
consuelo cristian cristina cristobal dalia daniel daniela dario david debora diana diego dolores domingo edgar edith
eduardo edwin efrain elena elias elisa elizabeth elsa elvira emilia emiliano emilio emma enrique erica ernesto esteban
esther eugenia eugenio eva evelyn fabian fabiola facundo federico felipe felix fermin fernanda fernando fidel florencia
francisca francisco gabriel gabriela gaston gerardo german gilberto gimena gisela gladys gloria gonzalo graciela gregorio
guadalupe guillermo gustavo hector helena hernan horacio hugo humberto ignacio ines irene iris isaac isabel isabela ismael
ivan jacinto jaime javier jazmin jeronimo jesica jesus jhon jimena joaquin joel jonathan jordi jorge jose josefa josefina
juan juana julia julian juliana julieta julio karen karina karla kevin laura leandro leonardo leonor leticia lidia
liliana lizeth lorena lorenzo lourdes lucas lucia luciana luciano lucrecia luis luisa luz macarena magdalena manuel manuela
marcela marcelo marco marcos margarita maria mariana mariano maribel marina mario marisol marta martin martina mateo matias
mauricio mauro maximiliano maximo melisa mercedes micaela miguel milagros miriam moises monica nadia natalia nayeli nelson
nestor nicolas noelia noemi nora norma octavio olga omar oscar osvaldo pablo paloma pamela paola patricia patricio paula
paulina pedro pilar rafael ramiro ramon raquel raul rebeca renata rene ricardo roberto rocio rodolfo rodrigo rogelio
roman romina rosa rosario roxana ruben ruth salvador samanta samuel sandra santiago sara saul sebastian sergio silvana silvia
simon sofia soledad sonia susana tamara tatiana teresa tomas ulises valentin valentina valeria vanesa veronica vicente
victor victoria vilma violeta virginia viviana walter wilfredo wilfrido wilmer wilson ximena yadira yamila yesenia yolanda
yuliana zulema`.split(/\s+/),
);
