// breaks: rooms-know-no-composition
import '../index.js';
