import type { Template } from './template.ts';

export const taqueria: Template = {
  id: 'taqueria',
  categories: [
    {
      name: 'Tacos',
      course: 2,
      color: '#B34700',
      station: 'Kitchen',
      dishes: [
        { name: 'Carnitas', price: 3.5, about: 'Slow pork, pickled onion, salsa verde.', allergens: [] },
        { name: 'Al pastor', price: 3.75, about: 'Pork, pineapple, coriander.', allergens: [] },
        { name: 'Carne asada', price: 4.25, about: 'Grilled beef, guacamole, salsa roja.', allergens: [] },
        { name: 'Pollo', price: 3.5, about: 'Chicken in chipotle, crema.', allergens: ['milk'] },
        {
          name: 'Camarón',
          price: 4.5,
          about: 'Fried prawn, cabbage, chipotle mayo.',
          allergens: ['crustaceans', 'gluten', 'eggs', 'mustard'],
        },
        {
          name: 'Pescado',
          price: 4.25,
          about: 'Beer-battered fish, slaw, lime.',
          allergens: ['fish', 'gluten', 'eggs', 'mustard'],
        },
        { name: 'Hongos', price: 3.5, about: 'Mushrooms, garlic, epazote.', allergens: [] },
      ],
    },
    {
      name: 'Burritos & quesadillas',
      course: 2,
      color: '#7A3E9D',
      station: 'Kitchen',
      dishes: [
        {
          name: 'Burrito de carnitas',
          kitchen: 'BTO CARNITAS',
          price: 9.5,
          about: 'Pork, rice, black beans, cheese.',
          allergens: ['gluten', 'milk'],
        },
        {
          name: 'Burrito de pollo',
          kitchen: 'BTO POLLO',
          price: 9.5,
          about: 'Chicken, rice, black beans, cheese.',
          allergens: ['gluten', 'milk'],
        },
        {
          name: 'Burrito vegetariano',
          kitchen: 'BTO VEG',
          price: 9,
          about: 'Mushrooms, rice, black beans, guacamole.',
          allergens: ['gluten'],
        },
        {
          name: 'Quesadilla',
          price: 7,
          about: 'Flour tortilla, cheese, pickled jalapeño.',
          allergens: ['gluten', 'milk'],
        },
      ],
    },
    {
      name: 'Para picar',
      course: 1,
      color: '#0B7A43',
      station: 'Kitchen',
      dishes: [
        {
          name: 'Totopos & guacamole',
          kitchen: 'GUAC',
          price: 5.5,
          about: 'Fried tortilla, made to order.',
          allergens: [],
        },
        {
          name: 'Elote',
          price: 4.5,
          about: 'Corn on the cob, mayo, cheese, chilli.',
          allergens: ['milk', 'eggs', 'mustard'],
        },
        { name: 'Nachos', price: 8, about: 'Cheese, beans, pico de gallo, crema.', allergens: ['milk'] },
      ],
    },
    {
      name: 'Postres',
      course: 3,
      color: '#A3154B',
      station: 'Kitchen',
      dishes: [
        { name: 'Churros', price: 5, about: 'Cinnamon sugar, chocolate.', allergens: ['gluten', 'milk', 'soya'] },
        { name: 'Flan', price: 4.75, about: 'Vanilla, caramel.', allergens: ['eggs', 'milk'] },
      ],
    },
    {
      name: 'Bebidas',
      course: 0,
      color: '#0B5CAD',
      station: 'Bar',
      dishes: [
        { name: 'Margarita', price: 9, about: 'Tequila, triple sec, lime.', allergens: [] },
        { name: 'Paloma', price: 8.5, about: 'Tequila, grapefruit soda, lime.', allergens: [] },
        { name: 'Mexican lager 330 ml', kitchen: 'LAGER', price: 4.8, allergens: ['gluten'] },
        {
          name: 'Michelada',
          price: 6,
          about: 'Lager, lime, chilli, Worcestershire sauce.',
          allergens: ['gluten', 'fish'],
        },
        { name: 'Horchata', price: 3.5, about: 'Rice, cinnamon, vanilla.', allergens: [] },
        { name: 'Agua de Jamaica', price: 3.5, about: 'Hibiscus.', allergens: [] },
        { name: 'Mineral water', price: 2.5, allergens: [] },
      ],
    },
  ],
};
