import 'typeorm';
import '#libs/kernel';
