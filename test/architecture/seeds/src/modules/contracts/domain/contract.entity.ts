import 'typeorm';
import '#platform';
